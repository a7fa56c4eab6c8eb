# `cpack` in the build folder makes a Debian package of what `cmake --install` installs.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME synfire)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The Synfire developers")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "Compiler backend and cycle-level simulator for neuromorphic chips")
set(CPACK_PACKAGE_DESCRIPTION "Compiles spiking transformers onto neuromorphic chips, simulates them \
cycle by cycle, and reports spikes, traffic and energy per operation of the model.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# dpkg-shlibdeps (of dpkg-dev) reads from the programs which packages hold their libraries.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_STRIP_FILES ON)
include(CPack)
