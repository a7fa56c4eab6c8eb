// RUN: not synfire-opt %s --assign-host 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not synfire-opt %s --assign-host="target=loihi3 targets-folder=%targets" 2>&1 | FileCheck %s --check-prefix=UNKNOWN

// NONE: error: no target chip given; set the option 'target'
// RUN: sed -e 's/^  neurons: .*/  neurons: many/' %targets/loihi2.yaml > %t.yaml
// RUN: not synfire-opt %s --assign-host=target=%t.yaml 2>&1 | FileCheck %s --check-prefix=MALFORMED

// UNKNOWN: error: unknown chip 'loihi3'; {{.*}}known are loihi
// MALFORMED: .yaml:{{[0-9]+}}:{{[0-9]+}}: error: {{.*}}many
module {}
