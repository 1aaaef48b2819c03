#!/bin/sh
# In a folder that package.py made: installs the packages of the bundler and those of apps, exactly as locked.
set -eu
mkdir -p tools vendor
cp bundler/package.json bundler/package-lock.json tools/
cp bundler/vendor/package.json bundler/vendor/package-lock.json vendor/
for folder in tools vendor; do
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund)
done
OVERSKILL_BUNDLER_TOOLS="$PWD/tools" node --import ./bundler/resolve-packages.mjs bundler/prebundle.mjs vendor vendor/dist
