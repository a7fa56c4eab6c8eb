// A filtered current that was quantised for more bits than the chip's have.
// RUN: sed -e 's/^  state_bits:/  current_bits: 8\n  state_bits:/' %targets/loihi2.yaml > %t.yaml
// RUN: not synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=%t.yaml host=refuse" 2>&1 | FileCheck %s
// RUN: synfire-opt %s --quantize-weights="target=loihi2 targets-folder=%targets" --assign-host="target=loihi2 targets-folder=%targets host=refuse" | FileCheck %s --check-prefix=FITS

// CHECK: error: 'spike.neuron': needs filtered currents of 24 bits, which target 'loihi2' does not have
// CHECK: note: 'core.current_bits' of target 'loihi2' is 8
// FITS: spike.neuron {{.*}}chip.where = "chip"
func.func @wide_current(%x: tensor<4x?x2xi1>) -> tensor<4x?x2xi1> {
  %0 = spike.inject %x : tensor<4x?x2xi1> -> tensor<4x?x2xf32>
  %1 = spike.neuron #spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = 0.5, membrane_gain = 1.0, threshold = [1.0]>, %0
      : tensor<4x?x2xf32> -> tensor<4x?x2xi1>
  return %1 : tensor<4x?x2xi1>
}
