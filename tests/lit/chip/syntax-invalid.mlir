// The chip dialect's text: what its parsers refuse, each at its place.
// RUN: synfire-opt %s -split-input-file -verify-diagnostics

// program: an item that there is not
// expected-error@+1 {{a program has no 'time_step'; it has time_steps, context_length, max_tokens,}}
chip.program @p on "t" time_step 4 {}

// -----

// program: an item twice
// expected-error@+1 {{'time_steps' stands there twice}}
chip.program @p on "t" time_steps 4 time_steps 4 {}

// -----

// program: an item of another kind
// expected-error@+1 {{invalid kind of attribute specified}}
chip.program @p on "t" time_steps "4" {}

// -----

// program: items that are missing
// expected-error@+1 {{'chip.program' op requires attribute 'context_length'}}
chip.program @p on "t" time_steps 4 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {}

// -----

// links: no direction
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=2"] {
  chip.flow from @repeat columns 0 to 3 {
    // expected-error@+1 {{'up' is no direction; choose one of: east, west, north, south}}
    chip.target core 0 of tile (0, 1) columns 0 to 3 links (0, 0) up
  }
}

// -----

// links: a tile beside the mesh, which would be another router's number
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=2"] {
  chip.flow from @repeat columns 0 to 3 {
    // expected-error@+1 {{there is no tile (2, 0), the target's mesh is 2 wide}}
    chip.target core 0 of tile (0, 1) columns 0 to 3 links (2, 0) north
  }
}

// -----

// links: a tile where nothing says how wide the mesh is; nor does the program before
chip.program @q on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=2"] {
}
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 target_resources ["mesh.width=none"] {
  chip.flow from @repeat columns 0 to 3 {
    // expected-error@+1 {{the program has no target_resources with mesh.width, which says where tile (0, 0) is; write `router N` with its number}}
    chip.target core 0 of tile (0, 1) columns 0 to 3 links (0, 0) north
  }
}

// -----

// links: a router that no link can name
chip.program @p on "t" time_steps 4 context_length 8 max_tokens 4 vocabulary 3 alphabet "" cleaning "none" weight_bits 8 {
  chip.flow from @repeat columns 0 to 3 {
    // expected-error@+1 {{router 536870912 is more than a link can name}}
    chip.target core 0 of tile (0, 1) columns 0 to 3 links router 536870912 north
  }
}
