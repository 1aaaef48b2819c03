from overskill.services.packages.named import added_packages


def test_a_package_json_that_is_nested_without_end_names_nothing() -> None:
    assert added_packages({"package.json": "[" * 100_000}) == {}
