// RUN: not synfire-opt %s --assign-host 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not synfire-opt %s --assign-host="target=loihi3 targets-folder=%targets" 2>&1 | FileCheck %s --check-prefix=UNKNOWN

// NONE: error: no target chip given; set the option 'target'
// UNKNOWN: error: {{.*}}loihi3
module {}
