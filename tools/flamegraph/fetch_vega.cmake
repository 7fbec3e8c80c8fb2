# Puts Vega's bundle at BUNDLE: the file CHOSEN, or that of the npm package that the lock file in
# SOURCE names. WORK is a folder for npm. Never fails for want of npm or of a network.
if(CHOSEN)
  configure_file(${CHOSEN} ${BUNDLE} COPYONLY)
  return()
endif()

find_program(NPM npm)
if(NOT NPM)
  message(WARNING "no npm, so no Vega: `omnitrace flamegraph --html` needs -DOMNITRACE_VEGA=FILE")
  return()
endif()

file(COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json DESTINATION ${WORK})
execute_process(
  COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --loglevel=error
  WORKING_DIRECTORY ${WORK}
  RESULT_VARIABLE status
  ERROR_VARIABLE errors
  OUTPUT_QUIET
  TIMEOUT 180)
if(NOT status EQUAL 0)
  message(WARNING "npm got no Vega, so `omnitrace flamegraph --html` needs -DOMNITRACE_VEGA=FILE; "
                  "npm said:\n${errors}")
  return()
endif()
configure_file(${WORK}/node_modules/vega/build/vega.min.js ${BUNDLE} COPYONLY)
