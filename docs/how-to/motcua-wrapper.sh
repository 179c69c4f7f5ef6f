#!/bin/sh
# /usr/local/bin/motcua: the command line as the service's user, on the service's data.
cd /opt/motcua/app || exit 3
exec sudo -u motcua env MOTCUA_DATA_DIR=/var/lib/motcua ./bin/motcua.mjs "$@"
