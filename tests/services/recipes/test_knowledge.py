"""What a short prompt finds among what the recipes know: the right list, formula or vote."""

from dataclasses import replace

import pytest

from overskill.bundler.setup import Installation
from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views.calculator import write
from tests.services.recipes.type_check import type_errors

FORMULA_PATH = "src/lib/calculate.ts"
# A prompt, the domain it is about, and a field that only this domain has.
LISTS = (
    ("track my dog's weight", "weight", "Body fat"),
    ("my cat's vet visits, with cost and vaccine", "vet-visits", "Vet"),
    ("the kids' shoe sizes", "sizes", "Trousers"),
    ("my grandma's medication", "medication", "Every"),
    ("track packages", "deliveries", "Tracking number"),
    ("inventory of my grandfather's tools", "tools", "Kept in"),
    ("a wine list for our restaurant", "wines", "Grape"),
    ("a place for cocktails I make", "cocktails", "Rating"),
    ("car maintenance log", "vehicle-services", "Mileage"),
    ("bike maintenance", "vehicle-services", "Mileage"),
    ("dog vaccination record", "vaccinations", "Given on"),
    ("piano practice log", "music_practice", "Minutes"),
    ("a journal of gratitude", "mood", "Energy"),
    ("lost keys", "keys", "Who has it"),
    ("farm equipment and when it was serviced", "machines", "Hours run"),
    ("party supplies", "supplies", "Quantity"),
    ("emergency contacts for our babysitter", "emergency", "Second phone"),
    ("list of wifi passwords", "logins", "Two-step login"),
    ("apartment hunting spreadsheet", "house-hunting", "Rooms"),
    ("track contractors for our house renovation", "offers", "Valid until"),
    ("weight training log with sets, reps and kg", "workouts", "Reps"),
    ("scholarship deadlines", "grants", "Amount"),
    ("college applications with deadline and status", "college-applications", "Deadline"),
    ("conference talks I want to see", "talks", "Time"),
    ("food bank donations", "donations", "Receipt"),
    ("my stocks", "investments", "Units"),
    ("wedding vendors", "suppliers", "Contact"),
    ("tv shows to watch with my wife", "series", "Where"),
    ("what we ate today", "food-diary", "Calories"),
    ("our sourdough bakes", "bakes", "Hydration"),
    ("spare parts for our machines", "spare-parts", "Fits"),
    ("employee directory", "employees", "Email"),
    ("customer complaints", "complaints", "Where"),
    ("oil changes of my truck", "vehicle-services", "Mileage"),
    ("my meditation practice", "yoga", "Minutes"),
    ("allergy list for the kindergarten", "allergies", "Severity"),
    ("birthday party guests", "wedding_guests", "Party size"),
    ("visits to the dentist", "doctor-visits", "What was said"),
    ("garden tools we share in our street", "tools", "Kept in"),
    ("rent payments of my tenants", "tenants", "Deposit"),
    ("log my blood pressure, morning and evening", "blood-pressure", "Diastolic"),
    ("my weight, every monday", "weight", "Body fat"),
    ("track my blood sugar", "blood-sugar", "When"),
    ("how I slept, every night", "sleep", "Quality"),
    ("period tracker", "periods", "Ended on"),
    ("a diary of my migraines", "headaches", "Trigger"),
    ("who in our family is allergic to what", "allergies", "Severity"),
    ("symptom diary", "symptoms", "Severity"),
    ("vaccinations of the children", "vaccinations", "Given on"),
    ("doctor visits of the whole family", "doctor-visits", "What was said"),
    ("my runs with distance and time", "runs", "Time"),
    ("running log", "runs", "Time"),
    ("bike rides with distance and climb", "bike-rides", "Climb"),
    ("swim tracker", "swims", "Laps"),
    ("climbing routes I have tried", "climbs", "Grade"),
    ("golf rounds with handicap", "golf", "Putts"),
    ("yoga sessions", "yoga", "Minutes"),
    ("food diary with calories", "food-diary", "Calories"),
    ("tools in my garage", "tools", "Kept in"),
    ("inventory for my garage", "storage", "Shelf or box"),
    ("what is in the freezer", "freezer", "Drawer"),
    ("pantry list with best before dates", "pantry", "Amount"),
    ("repairs in the house", "repairs", "Who fixes it"),
    ("our appliances and their warranty", "appliances", "Room"),
    ("meter readings of electricity, gas and water", "meter-readings", "Meter"),
    ("who has the keys to our house", "keys", "Who has it"),
    ("our insurance policies", "insurance", "Policy number"),
    ("password hints", "logins", "Two-step login"),
    ("when which bin goes out", "bins", "Next collection"),
    ("energy use of our house", "energy", "Gas"),
    ("house hunting: compare the apartments we saw", "house-hunting", "Rooms"),
    ("moving boxes and what is in them", "moving", "Contents"),
    ("renovation of our kitchen", "renovation", "Status"),
    ("wall colours in every room", "wall-colours", "Brand"),
    ("baby feeding log", "baby", "Time"),
    ("baby's growth", "growth", "Weight"),
    ("school grades of my kids", "grades", "Grade"),
    ("pocket money for the kids", "pocket-money", "Kind"),
    ("gift ideas for christmas", "gifts", "Price"),
    ("birthdays of friends and family", "birthdays", "Gift idea"),
    ("vet visits of our dog", "vet-visits", "Vet"),
    ("dog walks: who, when, how far", "walks", "Distance"),
    ("babysitters and their phone numbers", "babysitters", "Available"),
    ("car pool: who drives when", "carpool", "Leaves at"),
    ("colleagues who bring cake", "cake-rota", "Diet"),
    ("where I parked", "lost-places", "Where"),
    ("monthly bills", "bills", "Due date"),
    ("donations I made", "donations", "Receipt"),
    ("mileage log for work", "mileage", "Distance"),
    ("my investments", "investments", "Units"),
    ("quotes from plumbers for the new bathroom", "offers", "Valid until"),
    ("schools we could send our daughter to", "schools", "Distance"),
    ("timesheet for freelancers", "timesheets", "Project"),
    ("job applications", "job_search", "Status"),
    ("candidates for the open position", "candidates", "Rating"),
    ("onboarding of new employees", "onboarding", "For whom"),
    ("meeting minutes", "minutes", "Decisions"),
    ("decision log of our team", "decisions", "Decided by"),
    ("okrs for the quarter", "okrs", "Owner"),
    ("bug tracker", "bugs", "Severity"),
    ("risk register", "risks", "Impact"),
    ("contracts and when they end", "contracts", "Cancel until"),
    ("our suppliers", "suppliers", "Contact"),
    ("equipment loans at our school", "equipment-loans", "Due back"),
    ("visitor log for reception", "visitors", "Came at"),
    ("incident log", "incidents", "Time"),
    ("safety inspections", "inspections", "Inspector"),
    ("parcels on the way", "deliveries", "Tracking number"),
    ("customer orders for my bakery", "orders", "Phone"),
    ("holiday requests of the team", "time-off", "Days"),
    ("time off tracker", "time-off", "Days"),
    ("staff trainings", "staff-training", "Provider"),
    ("certificates and when they expire", "certificates", "Issued by"),
    ("company fleet", "fleet", "Driver"),
    ("cows on our farm", "livestock", "Sex"),
    ("milk yield per cow", "milk", "Morning"),
    ("fields of our farm", "farm-fields", "Crop"),
    ("bee hives", "hives", "Queen's year"),
    ("greenhouse log", "greenhouse", "Sown on"),
    ("my students and their parents' phone numbers", "students", "Parent"),
    ("lesson plans", "lesson-plans", "Class"),
    ("behaviour notes about my pupils", "behaviour", "Kind"),
    ("prayer list", "prayers", "Asked by"),
    ("sermons I held", "sermons", "Series"),
    ("worship songs", "hymns", "Theme"),
    ("members of our chess club", "members", "Joined on"),
    ("membership fees of our club", "fees", "Paid"),
    ("museum objects", "museum-objects", "Year"),
    ("lab samples", "lab-samples", "Taken on"),
    ("volunteers at the food bank", "volunteers", "Phone"),
    ("grants we applied for", "grants", "Amount"),
    ("books I read", "books", "Genre"),
    ("series I watch", "series", "Where"),
    ("board games we own", "board-games", "Minutes"),
    ("lego sets", "lego", "Theme"),
    ("stamp collection", "stamps", "Face value"),
    ("coin collection", "coins", "Year"),
    ("my vinyl records", "records", "Artist"),
    ("wines in my cellar", "wines", "Grape"),
    ("beers I have tasted", "beers", "Style"),
    ("coffees I tried", "coffees", "Roaster"),
    ("teas", "teas", "Origin"),
    ("cheeses I liked", "cheeses", "Milk"),
    ("restaurants to try", "restaurants", "Price level"),
    ("cafés in my neighbourhood", "cafes", "Coffee"),
    ("hikes we did", "hikes", "Distance"),
    ("camping spots", "campsites", "Price a night"),
    ("countries I have visited", "countries", "Status"),
    ("museums I want to see", "museum-visits", "Exhibition"),
    ("podcasts to listen to", "podcasts", "Topic"),
    ("quotes I like", "quotes", "Who said it"),
    ("dream journal", "dreams", "Clear"),
    ("bucket list", "bucket-list", "With"),
    ("knitting projects", "needlework", "Pattern"),
    ("woodworking projects", "woodwork", "Wood"),
    ("my yarn stash", "yarn", "Colour"),
    ("paintings I sold", "artworks", "Year"),
    ("songs I can play", "songs", "Key"),
    ("guitars I own", "instruments", "Kind"),
    ("seeds in my box", "seed-box", "Sow from"),
    ("garden beds", "garden-beds", "Planted on"),
    ("birds I have seen", "birds", "Seen or heard"),
    ("mushrooms I found", "mushrooms", "Grams"),
    ("fish I caught", "catches", "Bait"),
    ("dive log", "dives", "Depth"),
    ("flights I took", "flights", "Seat"),
    ("train rides", "train-trips", "To"),
    ("aquarium water values", "aquarium", "pH"),
    ("chess games I played", "chess-games", "Result"),
    ("d&d characters", "characters", "Hit points"),
    ("speedruns", "speedruns", "Time or score"),
    ("model trains", "model-trains", "Maker"),
    ("lost and found", "lost-and-found", "Found on"),
    ("players of our football team", "players", "Goals"),
    ("results of our football matches", "matches", "Kick-off"),
    ("petty cash", "petty-cash", "In the box"),
    ("escape rooms we did", "escape-rooms", "Minutes left"),
    ("warhammer miniatures", "miniatures", "Army"),
    ("camera lenses I own", "gear", "Weight"),
    ("drone flights", "drone-flights", "Battery"),
    ("flea market stalls", "stalls", "Fee"),
    ("first aid kit contents", "first-aid", "Best before"),
    ("who is picking up the kids", "carpool", "Who drives"),
    ("wedding gifts we received", "thank-yous", "Occasion"),
    ("quotes for customers", "estimates", "Valid until"),
    ("keep a log of my panic attacks", "symptoms", "Severity"),
    ("pokemon cards I own", "trading-cards", "Rarity"),
)
# A prompt, the formula's title, and an input it asks for.
FORMULAS = (
    ("BMI", "BMI calculator", "Height"),
    ("vat calculator", "VAT calculator", "Tax rate"),
    ("what is 15% of 80", "Percentage calculator", "Second number"),
    ("profit margin calculator", "Margin calculator", "Selling price"),
    ("break-even calculator for my cafe", "Break-even calculator", "Fixed costs a month"),
    ("convert hourly wage to yearly salary", "Salary calculator", "Hours a week"),
    ("freelance hourly rate calculator", "Hourly rate calculator", "Billable hours a week"),
    ("pay raise calculator", "Pay rise calculator", "Inflation"),
    ("how much rent can I afford", "Rent calculator", "Income a month"),
    ("unit price calculator", "Which is cheaper?", "Size of the second"),
    ("currency converter", "Currency calculator", "Fee"),
    ("credit card payoff calculator", "Debt payoff calculator", "You pay a month"),
    ("inflation calculator", "Inflation calculator", "Years"),
    ("roi calculator", "Return calculator", "What it brings a year"),
    ("sales commission calculator", "Commission calculator", "Base pay"),
    ("how much does my heater cost in electricity", "Electricity cost calculator", "Hours a day"),
    ("ev charging cost calculator", "Charging cost calculator", "Charger"),
    ("solar payback calculator", "Solar payback calculator", "Used at home"),
    ("trip budget calculator", "Trip budget calculator", "Room a night"),
    ("how much would I save if I quit smoking", "What the habit costs", "In a pack"),
    ("how many drinks do I need for 50 guests", "Drinks calculator", "Guests"),
    ("macro calculator", "Macro calculator", "Protein for each kg"),
    ("one rep max calculator", "One-rep max calculator", "Reps"),
    ("heart rate zones", "Heart rate zones", "Pulse at rest"),
    ("bedtime calculator for sleep cycles", "Bedtime calculator", "You fall asleep in"),
    ("due date calculator for my pregnancy", "Due date calculator", "Length of the cycle"),
    ("how tall will my child be", "Child height calculator", "Mother's height"),
    ("how old is my dog in human years", "Dog years calculator", "Age of the dog"),
    ("how many days between two dates", "Days between two dates", "To, month"),
    ("how many tiles do I need for the bathroom", "Tile calculator", "Tile width"),
    ("wallpaper calculator", "Wallpaper calculator", "Pattern repeats every"),
    ("how much concrete do I need for a slab", "Concrete calculator", "Depth"),
    ("how much mulch do I need", "Soil and mulch calculator", "A bag holds"),
    ("curtain fabric calculator", "Curtain fabric calculator", "Fullness"),
    ("fence calculator", "Fence calculator", "Width of a panel"),
    ("aquarium volume calculator", "Tank volume calculator", "Water height"),
    ("aspect ratio calculator", "Aspect ratio calculator", "Width you need"),
    ("download time calculator", "Download time calculator", "Line speed"),
    ("pizza dough calculator", "Pizza dough calculator", "Fresh yeast"),
    ("baker's percentage", "Bread calculator", "Hydration"),
    ("recipe scaling calculator", "Recipe scaling", "The recipe serves"),
    ("coffee to water ratio calculator", "Coffee calculator", "A cup holds"),
    ("abv calculator", "Alcohol calculator", "Final gravity"),
    ("grade average calculator", "Grade average", "Average you want"),
    ("what do I need on my final exam calculator", "Final exam calculator", "The exam counts"),
    ("gpa calculator", "GPA calculator", "Course 1, credits"),
    ("reading time calculator", "Reading time calculator", "Pages"),
    ("pythagoras calculator", "Shapes", "Second side"),
    ("ohm's law calculator", "Ohm's law", "Resistance"),
    ("tip calculator", "Tip calculator", "People"),
    ("compound interest calculator", "Savings calculator", "Add each month"),
    ("pace calculator for a half marathon", "Pace calculator", "Finish time"),
    ("tdee", "Calorie calculator", "Age"),
)
# What a prompt gives as numbers, and where the calculator begins with them.
NUMBERS = (
    (
        "what would a 300k mortgage at 4% over 20 years cost me",
        {"Loan amount": 300000, "Interest a year": 4, "Term": 20},
    ),
    ("a $25,000 car loan at 6% for 5 years calculator", {"Loan amount": 25000, "Interest a year": 6, "Term": 5}),
    ("tip calculator with 20% for 6 people", {"Bill": 64, "Tip": 20, "People": 6}),
    ("recipe scaling calculator from 4 to 10 servings", {"Servings you need": 10, "The recipe serves": 4}),
    (
        "paint calculator for a room 5 by 4 metres, 2.6 m high",
        {"Room length": 5, "Room width": 4, "Ceiling height": 2.6},
    ),
    ("trip budget calculator for 4 people and 10 days", {"Days": 10, "People": 4}),
    ("1rm with 100 kg for 5 reps", {"Weight lifted": 100, "Reps": 5}),
    ("pace calculator 10k in 50 minutes", {"Distance": 10, "Finish time": 50}),
    ("bmi for 180 cm and 75 kg", {"Height": 180, "Weight": 75}),
    ("discount calculator 30% off", {"Price": 120, "Discount": 30}),
    ("what is 15% of 80", {"Percent, or first number": 15, "Second number": 80}),
    ("pizza dough calculator for 6 pizzas, 65% water", {"Pizzas": 6, "Water": 65}),
    ("cost of a trip of 500 km for 4 people", {"Distance": 500, "People": 4}),
)
# A prompt that votes, and an option that fits it.
VOTES = (
    ("vote on where to have lunch", "Kumo Ramen"),
    ("poll: what is for dinner tonight", "Vegetable curry"),
    ("vote on pizza toppings", "Margherita"),
    ("doodle for a meeting", "Thursday evening"),
    ("vote for our team name", "Second Wind"),
    ("pick a name for our band", "Paper Boats"),
    ("vote on baby names", "Ida"),
    ("poll: name for our new puppy", "Biscuit"),
    ("class pet vote", "Stick insects"),
    ("vote on our logo colour", "Coral"),
    ("vote on a slogan", "Made to last"),
    ("book club: vote on the next book", "Piranesi"),
    ("movie night poll", "Paddington 2"),
    ("game night vote", "Codenames"),
    ("which holiday destination should we go to", "Lisbon"),
    ("office snack poll", "Fruit basket"),
    ("vote on a farewell gift for Anna", "Good headphones"),
    ("vote on the next feature", "Dark mode"),
    ("poll for the party theme", "Garden party"),
    ("vote for class representative", "Maya Lindqvist"),
    ("playlist voting for the wedding", "September"),
)


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


@pytest.mark.parametrize(("prompt", "key", "label"), LISTS)
def test_a_list_has_the_fields_of_what_it_is_about(prompt: str, key: str, label: str) -> None:
    assert read_brief(prompt).domains[0].key == key
    main = planned(prompt).main
    assert main is not None
    assert label in [field.label for field in main.fields]


@pytest.mark.parametrize(("prompt", "title", "label"), FORMULAS)
def test_a_calculator_asks_for_what_its_formula_needs(prompt: str, title: str, label: str) -> None:
    spec = planned(prompt)
    assert spec.pages[0].title == title
    assert label in [one[1] for one in spec.content["inputs"]]


@pytest.mark.parametrize(("prompt", "starts"), NUMBERS)
def test_a_calculator_begins_with_the_numbers_of_the_prompt(prompt: str, starts: dict[str, float]) -> None:
    inputs = {one[1]: one[2] for one in planned(prompt).content["inputs"]}
    assert {label: inputs[label] for label in starts} == starts


@pytest.mark.parametrize(
    ("prompt", "unit"), [("bmi in feet and pounds", "ft"), ("bmi in cm or feet", "cm"), ("bmi", "cm")]
)
def test_heights_are_in_feet_for_who_measures_in_feet(prompt: str, unit: str) -> None:
    assert planned(prompt).content["inputs"][0][7] == unit


@pytest.mark.parametrize(("prompt", "option"), VOTES)
def test_a_vote_has_options_that_fit_its_question(prompt: str, option: str) -> None:
    main = planned(prompt).main
    assert main is not None
    assert option in [row[main.title.id] for row in main.samples]


@pytest.mark.parametrize("key", sorted(shelf("calculators")))
def test_the_inputs_of_a_formula_start_within_their_bounds(key: str) -> None:
    entry = shelf("calculators")[key]
    for inputs in (entry["inputs"], entry.get("imperial", {}).get("inputs", ())):
        assert all(lowest <= start <= highest for _, _, start, lowest, highest, *_ in inputs)
        assert len({one[0] for one in inputs}) == len(inputs)


def test_most_walks_of_life_are_known() -> None:
    assert len(shelf("domains")) >= 280
    assert len(shelf("calculators")) >= 60


@pytest.mark.slow
def test_every_formula_type_checks(bundler_installation: Installation) -> None:
    apps: dict[str, dict[str, str]] = {}
    for number, (key, entry) in enumerate(sorted(shelf("calculators").items())):
        for variant, facts in enumerate((entry, entry | entry.get("imperial", {}))):
            content = {name: facts.get(name, ()) for name in ("inputs", "let", "results")}
            content |= {"series": facts["series"]} if "series" in facts else {}
            spec = replace(planned("bmi"), content=content)
            name = f"app{number:02d}_{variant}"
            apps[name] = {FORMULA_PATH: write(spec, spec.pages[0])[FORMULA_PATH]}
            assert "export function calculate" in apps[name][FORMULA_PATH], key
    assert type_errors(apps, bundler_installation) == []
