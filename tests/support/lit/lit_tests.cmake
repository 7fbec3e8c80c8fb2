# lit_tests(LABEL [SLOW NAME...]): every .cc and .test file of the folder, where lit finds RUN lines,
# becomes a test LABEL.FILE; those that take long are also labelled slow. One that REQUIRES what
# is missing counts as skipped.
function(lit_tests label)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" SLOW)
  configure_file(${PROJECT_SOURCE_DIR}/tests/support/lit/lit.site.cfg.py.in
    ${CMAKE_CURRENT_BINARY_DIR}/lit.site.cfg.py @ONLY)
  file(GLOB files CONFIGURE_DEPENDS *.cc *.test)
  foreach(file IN LISTS files)
    cmake_path(GET file FILENAME filename)
    cmake_path(GET file STEM name)
    add_test(NAME ${label}.${name}
      COMMAND python3 ${LLVM_INSTALL_PREFIX}/build/utils/lit/lit.py -v
              ${CMAKE_CURRENT_BINARY_DIR}/${filename})
    set(labels ${label})
    if(name IN_LIST arg_SLOW)
      list(APPEND labels slow)
    endif()
    set_tests_properties(${label}.${name} PROPERTIES LABELS "${labels}"
      SKIP_REGULAR_EXPRESSION "UNSUPPORTED: ${label} :: ")
  endforeach()
endfunction()
