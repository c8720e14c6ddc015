#!/bin/sh
# A Chromium for the browser tests: the one that is there, else Debian's where it may be installed.
for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "No Chromium, and none can be installed: the browser tests will be skipped. Install it, or name one in CHROMIUM."
exit 0
