// PlantedFault: which fault of tests/planted-faults a run has.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PLANTEDFAULTS_PLANTEDFAULT_H
#define SYNFIRE_TESTS_PLANTEDFAULTS_PLANTEDFAULT_H

#include <cstdlib>
#include <type_traits>

/// The fault that the environment chooses; 0 for none.
inline unsigned long chosenFault() {
  static const unsigned long chosen = [] {
    const char *text = std::getenv("SYNFIRE_PLANTED_FAULT");
    return text ? std::strtoul(text, nullptr, 10) : 0ul;
  }();
  return chosen;
}

/// Whether the run has this fault. Included before every file of the planted build alone, never by
/// Synfire. What the compiler itself evaluates has no fault.
constexpr bool plantedFault(unsigned long number) {
  if (std::is_constant_evaluated())
    return false;
  return number == chosenFault();
}

#endif // SYNFIRE_TESTS_PLANTEDFAULTS_PLANTEDFAULT_H
