# MLIR 22 as one shared library, and helpers for code that uses it.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

find_program(SYNFIRE_LLVM_CONFIG NAMES llvm-config-22 REQUIRED)
execute_process(COMMAND ${SYNFIRE_LLVM_CONFIG} --prefix
  OUTPUT_VARIABLE SYNFIRE_LLVM_PREFIX OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
find_package(MLIR 22.1 REQUIRED CONFIG HINTS ${SYNFIRE_LLVM_PREFIX}/lib/cmake/mlir)
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
set(MLIR_TABLEGEN_EXE ${LLVM_TOOLS_BINARY_DIR}/mlir-tblgen)
set(MLIR_BINARY_DIR ${PROJECT_BINARY_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)
set(CMAKE_INSTALL_RPATH ${SYNFIRE_LLVM_PREFIX}/lib)
include_directories(SYSTEM ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
include_directories(${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
link_directories(${LLVM_LIBRARY_DIR})

# Code that includes MLIR headers. The shared libMLIR holds everything; a
# static MLIRxxx beside it would duplicate TypeIDs, so none is ever named.
add_library(synfire_mlir INTERFACE)
target_link_libraries(synfire_mlir INTERFACE synfire_options MLIR LLVM)
target_compile_options(synfire_mlir INTERFACE -fvisibility-inlines-hidden -Wno-unused-parameter)

# synfire_mlir_library(NAME [FAST] [EXCEPTIONS] source... [LINK library...] [DEPENDS target...])
# FAST: time is spent in this code when it runs, so the compiler takes its time, too.
# EXCEPTIONS: the code uses a library that throws; nothing may be thrown through MLIR.
function(synfire_mlir_library name)
  cmake_parse_arguments(ARG "FAST;EXCEPTIONS" "" "LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC synfire_mlir ${ARG_LINK})
  if(NOT ARG_FAST)
    target_compile_options(${name} PRIVATE ${SYNFIRE_QUICK_COMPILE})
  endif()
  if(NOT ARG_EXCEPTIONS)
    target_compile_options(${name} PRIVATE -fno-exceptions)
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# synfire_tablegen(FILE.td TARGET output... ): each output is `NAME.inc flags`
function(synfire_tablegen td target)
  set(LLVM_TARGET_DEFINITIONS ${td})
  foreach(spec ${ARGN})
    string(REPLACE " " ";" parts "${spec}")
    list(POP_FRONT parts out)
    mlir_tablegen(${out} ${parts})
  endforeach()
  add_public_tablegen_target(${target})
endfunction()
