// RUN: synfire-opt %s -split-input-file -verify-diagnostics --infer-shapes=tokens=6

// More tokens than positions: the op says so.
func.func @positions(%t: tensor<?xi32>) -> tensor<?x5xf32> attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} {
  // expected-error@+1 {{'spike.position' op tokens: needs at most 5 (the rows of the table), has 6}}
  %0 = spike.position %t, dense<0.5> : tensor<5x5xf32> : tensor<?xi32> -> tensor<?x5xf32>
  return %0 : tensor<?x5xf32>
}

// -----

// expected-error@+1 {{'m': tokens: needs 1 to 4 (its context), has 6}}
func.func @short(%t: tensor<?xi32>) attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 4, vocabulary = 3, alphabet = "", cleaning = "none">} {
  return
}

// -----

// expected-error@+1 {{'m': tokens: needs 4 (those of its input), has 6}}
func.func @image(%x: tensor<4x3xf32>) attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} {
  return
}

// -----

// An op of another dialect.
func.func @foreign(%x: tensor<4x?x3xi1>) attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">} {
  // expected-error@+1 {{'func.call': 'func.call' does not tell the shape of its results}}
  %0 = func.call @other(%x) : (tensor<4x?x3xi1>) -> tensor<4x?x3xi1>
  return
}
func.func private @other(tensor<4x?x3xi1>) -> tensor<4x?x3xi1>

// -----

// expected-error@+1 {{'m': has no body}}
func.func private @empty(tensor<?xi32>) attributes {spike.model =
    #spike.model<name = "m", time_steps = 4, context_length = 8, vocabulary = 3, alphabet = "", cleaning = "none">}

// -----

// expected-error@+1 {{no function has spike.model; mark the one whose shapes follow from its tokens}}
module {}
