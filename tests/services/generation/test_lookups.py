from overskill.services.generation.lookups import Lookup, LookupKind, answer

FILES = {"src/App.tsx": "one\ntwo", "src/List.tsx": "list"}


def test_the_list_of_files_says_which_are_locked() -> None:
    listed = answer(Lookup(LookupKind.LIST), FILES, locked={"src/List.tsx"})
    assert listed == "src/App.tsx (2 lines)\nsrc/List.tsx (1 lines, locked)"
