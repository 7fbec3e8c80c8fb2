# cmake -DTOOL=bin/omnitrace -DSHARE=DIR -P manual_pages.cmake: writes what the tool says of itself,
# a page for each command, and the completions of bash.
function(write_page file)
  execute_process(COMMAND ${TOOL} ${ARGN} OUTPUT_FILE ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(pages ${SHARE}/man/man1)
set(completions ${SHARE}/bash-completion/completions)
file(MAKE_DIRECTORY ${pages} ${completions})

write_page(${completions}/omnitrace help --bash)
write_page(${pages}/omnitrace.1 help --man)
file(STRINGS ${pages}/omnitrace.1 lines REGEX "^\\.BR omnitrace\\\\-")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "^\\.BR omnitrace\\\\-([a-z]+).*" "\\1" command ${line})
  write_page(${pages}/omnitrace-${command}.1 help --man ${command})
endforeach()
