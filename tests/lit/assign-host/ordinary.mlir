// RUN: synfire-opt %s --assign-host="target=loihi2 targets-folder=%targets" -o /dev/null 2>&1 | FileCheck %s --check-prefix=ALLOW
// RUN: not synfire-opt %s --assign-host="target=loihi2 targets-folder=%targets host=refuse" -o /dev/null 2>&1 | FileCheck %s --check-prefix=REFUSE

// An ordinary model: the host computes all of it, and one warning says so.
// ALLOW-NOT: warning
// ALLOW: warning: {{.*}}4 operations run on the host, for want of a unit on target 'loihi2': 1 lookup ('embed'), 2 linear ('fc1', ...), 1 gelu ('act')
// ALLOW-NOT: warning
// REFUSE: error: {{.*}}4 operations have no unit on target 'loihi2', and host=refuse keeps what it lacks from the host
// REFUSE: note: {{.*}}'fc2' ('spike.linear') would run on the host
func.func @ordinary(%tokens: tensor<?xi32>) -> tensor<?x3xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 16, vocabulary = 3, alphabet = "", cleaning = "none">} {
  %0 = spike.lookup %tokens, dense<1.0> : tensor<3x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc("embed")
  %1 = spike.linear %0, dense<1.0> : tensor<4x2xf32> : tensor<?x2xf32> -> tensor<?x4xf32> loc("fc1")
  %2 = spike.gelu %1 : tensor<?x4xf32> -> tensor<?x4xf32> loc("act")
  %3 = spike.linear %2, dense<1.0> : tensor<3x4xf32> : tensor<?x4xf32> -> tensor<?x3xf32> loc("fc2")
  return %3 : tensor<?x3xf32>
}
