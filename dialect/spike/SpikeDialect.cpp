// SpikeDialect: registration, attributes and types of the spike dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/NumberFormat.h"
#include "dialect/spike/Spike.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace synfire::spike;

#include "dialect/spike/SpikeDialect.cpp.inc"
#include "dialect/spike/SpikeEnums.cpp.inc"

#include "dialect/spike/SpikeAttrInterfaces.cpp.inc"
#include "dialect/spike/SpikeInterfaces.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialect/spike/SpikeAttrs.cpp.inc"

namespace {

/// Gives encodings the alias `#fixed`, so that a long list of scales is printed only once.
struct SpikeAsmInterface : public OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;

  AliasResult getAlias(Attribute attr, raw_ostream &os) const override {
    if (!isa<FixedAttr>(attr))
      return AliasResult::NoAlias;
    os << "fixed";
    return AliasResult::OverridableAlias;
  }
};

} // namespace

void SpikeDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialect/spike/SpikeAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialect/spike/SpikeOps.cpp.inc"
      >();
  addInterfaces<SpikeAsmInterface>();
}
