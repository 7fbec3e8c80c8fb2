# find_package(omnitrace) gives
#
#   omnitrace_trace(TARGET NAMESPACES GLOB... [EXCLUDE GLOB...] [MIN_LINES N] [START record|standby]
#                   [EXPLAIN])
#
# which compiles TARGET's C++ sources with the plugin and links the runtime, and the imported
# targets omnitrace::runtime and omnitrace::runtime_static for code that only uses
# <omnitrace/omnitrace.h>. Everything is found relative to this file, so the same file serves the
# build tree and an installed prefix.
get_filename_component(_omnitrace_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(OMNITRACE_PLUGIN "${_omnitrace_prefix}/lib/omnitrace.so")

function(_omnitrace_add_runtime name type file)
  if(NOT TARGET ${name})
    add_library(${name} ${type} IMPORTED)
    set_target_properties(${name} PROPERTIES
      IMPORTED_LOCATION "${_omnitrace_prefix}/lib/${file}"
      INTERFACE_INCLUDE_DIRECTORIES "${_omnitrace_prefix}/include")
  endif()
endfunction()
_omnitrace_add_runtime(omnitrace::runtime SHARED libomnitrace.so)
_omnitrace_add_runtime(omnitrace::runtime_static STATIC libomnitrace.a)

function(_omnitrace_check_compiler)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR
     NOT CMAKE_CXX_COMPILER_VERSION MATCHES "^19\\.")
    message(FATAL_ERROR
      "omnitrace_trace: the plugin is for Clang 19, but the C++ compiler is "
      "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} (${CMAKE_CXX_COMPILER}). "
      "Configure with -DCMAKE_CXX_COMPILER=clang++-19 or omni-clang++.")
  endif()
endfunction()

# A list as the plugin takes it, safe inside a generator expression.
function(_omnitrace_join out)
  list(JOIN ARGN "," joined)
  string(REPLACE ">" "$<ANGLE-R>" joined "${joined}")
  string(REPLACE "," "$<COMMA>" joined "${joined}")
  set(${out} "${joined}" PARENT_SCOPE)
endfunction()

function(omnitrace_trace target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "EXPLAIN" "MIN_LINES;START" "NAMESPACES;EXCLUDE")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "omnitrace_trace: unexpected '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_NAMESPACES)
    message(FATAL_ERROR "omnitrace_trace(${target}): NAMESPACES names what is traced, or * for all")
  endif()
  _omnitrace_check_compiler()

  _omnitrace_join(namespaces ${arg_NAMESPACES})
  _omnitrace_join(exclude ${arg_EXCLUDE})
  set(options "-fplugin=${OMNITRACE_PLUGIN}" "-fplugin-arg-omnitrace-ns=${namespaces}")
  if(arg_EXCLUDE)
    list(APPEND options "-fplugin-arg-omnitrace-exclude=${exclude}")
  endif()
  if(arg_MIN_LINES)
    list(APPEND options "-fplugin-arg-omnitrace-min-lines=${arg_MIN_LINES}")
  endif()
  if(arg_START)
    list(APPEND options "-fplugin-arg-omnitrace-start=${arg_START}")
  endif()
  if(arg_EXPLAIN)
    list(APPEND options "-fplugin-arg-omnitrace-explain")
  endif()
  foreach(option IN LISTS options)
    target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:${option}>")
  endforeach()

  # Not target_link_libraries(): its signature would have to match the one that the project uses.
  # A static library hands the runtime on to whatever links it.
  set_property(TARGET ${target} APPEND PROPERTY LINK_LIBRARIES omnitrace::runtime)
  get_target_property(type ${target} TYPE)
  if(type MATCHES "STATIC_LIBRARY|OBJECT_LIBRARY")
    set_property(TARGET ${target} APPEND PROPERTY
      INTERFACE_LINK_LIBRARIES $<LINK_ONLY:omnitrace::runtime>)
  endif()
endfunction()
