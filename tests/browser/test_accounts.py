"""Journey 2: accounts."""

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenVisitor
from tests.browser.visitor import PASSWORD, Account, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_someone_signs_up_out_and_in_again(visitor: Visitor) -> None:
    email = f"joan-{uuid4().hex[:6]}@example.com"
    await visitor.sign_up(email, PASSWORD, name="Joan Clarke")
    await visitor.sign_out()
    assert await visitor.session() == ""
    await visitor.sign_in(email, PASSWORD)
    await visitor.is_signed_in()


async def test_the_session_cookie_is_out_of_reach_of_scripts(creator: Visitor) -> None:
    await creator.visit("/")
    await creator.is_signed_in()
    assert "overskill_session" not in await creator.page.evaluate("document.cookie")


async def test_a_wrong_password_is_refused_and_the_email_kept(visitor: Visitor, account: Account) -> None:
    await visitor.sign_in(account.email, "not my password")
    await expect(visitor.page.get_by_text("That email and password do not match")).to_be_visible()
    await expect(visitor.page.get_by_label("Email")).to_have_value(account.email)
    await visitor.shoot_everywhere("refused")


async def test_a_form_with_a_bad_field_says_so_at_the_field(visitor: Visitor) -> None:
    await visitor.visit("/sign-up")
    await visitor.fill(email="joan@nowhere..com", password=PASSWORD)
    await visitor.page.locator("form").first.evaluate("form => form.noValidate = true")
    await visitor.press("Create account")
    await expect(visitor.page.get_by_role("alert")).to_contain_text("does not look like an email address")
    await visitor.shoot("bad-email")


async def test_a_forgotten_password_is_reset_by_mail_and_other_browsers_are_signed_out(
    visitor: Visitor, open_another: OpenVisitor
) -> None:
    email = f"mary-{uuid4().hex[:6]}@example.com"
    elsewhere = await open_another()
    await elsewhere.sign_up(email, PASSWORD, name="Mary Jackson")

    await visitor.visit("/sign-in")
    await visitor.page.get_by_role("link", name="Forgot it?").click()
    await expect(visitor.page.get_by_role("heading", name="Reset your password")).to_be_visible()
    await visitor.fill(email=email)
    await visitor.press("Send the link")
    await expect(visitor.page.get_by_role("heading", name="Check your mail")).to_be_visible()
    await visitor.shoot("reset-sent")

    await visitor.visit("/dev/mail")
    link = visitor.page.get_by_role("link", name="Choose another password").first
    for _ in range(600):  # a worker sends it
        if await link.count():
            break
        await visitor.press("Look again")
        await visitor.page.wait_for_timeout(100)
    await visitor.shoot_everywhere("mail")
    await link.click()
    await visitor.fill(password="the other calm view")
    await visitor.shoot("choose-password")
    await visitor.press("Set password and sign in")
    await visitor.is_signed_in()

    await elsewhere.is_sent_to_sign_in_from("/settings")


async def test_a_session_can_be_revoked_from_another_browser(open_another: OpenVisitor) -> None:
    email = f"lise-{uuid4().hex[:6]}@example.com"
    elsewhere = await open_another()
    await elsewhere.sign_up(email, PASSWORD, name="Lise Meitner")
    here = await open_another()
    await here.sign_in(email, PASSWORD)
    await here.is_signed_in()
    await here.visit("/settings")
    await expect(here.page.get_by_text("This browser", exact=True)).to_be_visible()
    await here.shoot_everywhere("settings", whole=True)
    await here.page.locator("#sessions").get_by_role("button", name="Sign out", exact=True).click()
    await expect(here.page.get_by_text("That browser is signed out")).to_be_visible()
    await elsewhere.is_sent_to_sign_in_from("/settings")


async def test_another_email_is_confirmed_with_the_password(visitor: Visitor) -> None:
    await visitor.sign_up(f"emmy-{uuid4().hex[:6]}@example.com", PASSWORD, name="Emmy Noether")
    await visitor.visit("/settings")
    form = visitor.page.locator("#email form")
    other = f"noether-{uuid4().hex[:6]}@example.com"
    await form.locator("[name=email]").fill(other)
    await form.locator("[name=current]").fill("not my password")
    await visitor.press("Change email")
    await expect(form.get_by_role("alert")).to_have_text("That is not your current password.")
    await visitor.shoot_everywhere("email-refused", whole=True)
    await form.locator("[name=current]").fill(PASSWORD)
    await visitor.press("Change email")
    await expect(visitor.page.get_by_text("Email changed.")).to_be_visible()
    await visitor.sign_out()
    await visitor.sign_in(other, PASSWORD)
    await visitor.is_signed_in()


async def test_the_owner_link_makes_an_admin_once(visitor: Visitor, open_another: OpenVisitor) -> None:
    link = visitor.product.owner_link
    await visitor.go(link)
    await visitor.is_signed_in()
    await visitor.visit("/settings")
    await visitor.fill(password=PASSWORD)
    await visitor.press("Set password")
    await expect(visitor.page.get_by_text("Password changed.")).to_be_visible()
    late = await open_another()
    await late.go(link)
    await expect(late.page.get_by_text("This link was used already")).to_be_visible()
    await late.shoot("owner-link-used")
