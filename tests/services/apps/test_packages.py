"""What an app imports, what that is, and whether its package.json says so."""

import json

from overskill.services.apps.packages import packages_used, tidied_manifest
from overskill.services.packages.named import imported_packages, missing_packages
from overskill.starter import starter_files

CODE = """import { useState } from "react";
import type { ReactNode } from 'react';
import {
  format,
} from "date-fns/format";
import "./side.css";
import mui from "@mui/material/Button";
import { cn } from "@/lib/utils";
// import nothing from "left-pad";
const text = `import x from "y"`;
const later = () => import("zod");
"""


def test_imports_are_found_however_they_are_written() -> None:
    files = {"src/App.tsx": CODE, "src/index.css": '@import "tailwindcss";\n@import "tw-animate-css";\n'}
    assert imported_packages(files) == {
        "@mui/material": ["src/App.tsx"],
        "date-fns": ["src/App.tsx"],
        "react": ["src/App.tsx"],
        "tw-animate-css": ["src/index.css"],
        "zod": ["src/App.tsx"],
    }
    assert missing_packages(files) == {"@mui/material": ["src/App.tsx"]}


def test_a_package_is_told_with_its_version_and_licence_and_who_uses_it() -> None:
    manifest = json.dumps({"dependencies": {"zod": "^4.6.7", "left-pad": "1"}})
    found = {
        use.name: use for use in packages_used({"src/App.tsx": 'import "lucide-react";', "package.json": manifest})
    }
    assert (found["lucide-react"].licence, found["lucide-react"].files) == ("ISC", ("src/App.tsx",))
    assert (found["zod"].version, found["zod"].files) == ("4.6.7", ())
    assert not found["left-pad"].is_available


def test_a_tidied_manifest_names_just_what_is_imported() -> None:
    files = {**starter_files(), "src/App.tsx": 'import { z } from "zod"; import { motion } from "motion/react";'}
    tidied = tidied_manifest(files)
    assert tidied is not None
    assert tidied.text is not None
    dependencies = json.loads(tidied.text)["dependencies"]
    assert {"zod", "motion", "react", "react-dom"} <= dependencies.keys()
    assert "recharts" not in dependencies
    assert tidied_manifest({**files, "package.json": tidied.text}) is None
    assert tidied_manifest({"package.json": "broken"}) is None
