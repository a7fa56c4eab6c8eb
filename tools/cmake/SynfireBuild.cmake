# What every Synfire target has in common.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

# Exit code of a test that cannot run here (no data, no tool). Not a matched
# line: ctest would call a test skipped that printed it and then failed.
set(SYNFIRE_SKIPPED 77)

find_program(SYNFIRE_LLD NAMES ld.lld-22 ld.lld)
find_program(SYNFIRE_CCACHE ccache)
if(SYNFIRE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # A base directory and no hashed folder names: clones share one cache.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
      CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${SYNFIRE_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

# The sources of a target are compiled a dozen at a time (unity build): a file that
# includes MLIR spends most of its time on those headers, and a dozen of them need
# little more than one. Off, each file is compiled alone, which finds a missing
# include and rebuilds less after a change.
option(SYNFIRE_UNITY "Compile the sources of a target a dozen at a time" ON)
set(CMAKE_UNITY_BUILD ${SYNFIRE_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 12)

# Flags of code in which no time is spent: compiled quickly instead of running fast.
set(SYNFIRE_QUICK_COMPILE $<$<CONFIG:Release>:-O1>)

# Flags shared by all code. No contraction: a*b+c is rounded twice everywhere,
# so that the interpreter and the simulator agree to the bit (RATIONALE.md).
add_library(synfire_options INTERFACE)
target_include_directories(synfire_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
target_compile_options(synfire_options INTERFACE -Wall -Wextra -Werror -ffp-contract=off)
# gcc 12 sees overlapping copies in plain string concatenation (GCC bug 105329).
target_compile_options(synfire_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_link_libraries(synfire_options INTERFACE Threads::Threads)
if(SYNFIRE_SANITIZE)
  target_compile_options(synfire_options INTERFACE
    -fsanitize=${SYNFIRE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # gcc's flow analysis loses track of instrumented code.
  target_compile_options(synfire_options INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(synfire_options INTERFACE -fsanitize=${SYNFIRE_SANITIZE})
endif()
if(SYNFIRE_LLD)
  # gcc finds a linker by name only: give it a folder in which ld.lld exists.
  get_filename_component(lld_real ${SYNFIRE_LLD} REALPATH)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/linker)
  file(CREATE_LINK ${lld_real} ${PROJECT_BINARY_DIR}/linker/ld.lld SYMBOLIC)
  target_link_options(synfire_options INTERFACE -fuse-ld=lld -B${PROJECT_BINARY_DIR}/linker)
endif()

# synfire_library(NAME source... [LINK library...]): a static library.
function(synfire_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC synfire_options ${ARG_LINK})
endfunction()

# synfire_test_executable(NAME source... [LINK library...]): a doctest executable.
# The sources may use SYNFIRE_SOURCE_DIR, the root of the source tree.
function(synfire_test_executable name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE synfire_options ${ARG_LINK})
  target_compile_options(${name} PRIVATE ${SYNFIRE_QUICK_COMPILE})
  target_compile_definitions(${name} PRIVATE SYNFIRE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    DOCTEST_CONFIG_SUPER_FAST_ASSERTS)
endfunction()

# synfire_unit_tests(AREA [LINK library...]): executable AREA-tests of all
# tests/unit/AREA/*.cpp, which runs as one ctest with label `unit`.
function(synfire_unit_tests area)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/unit/${area}/*.cpp)
  synfire_test_executable(${area}-tests ${sources} LINK synfire_test_main ${ARG_LINK})
  add_test(NAME unit-${area} COMMAND ${area}-tests)
  set_tests_properties(unit-${area} PROPERTIES LABELS unit)
endfunction()
