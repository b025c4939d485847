#!/bin/sh
# The command of a machine where Portreeve is a service: docs/how-to/run-as-a-service.md says how it is set up.
export PORTREEVE_CONFIG="${PORTREEVE_CONFIG:-/etc/portreeve}"
exec /opt/portreeve/node_modules/node-linux-*/bin/node --disable-warning=ExperimentalWarning \
  /opt/portreeve/packages/cli/src/main.ts "$@"
