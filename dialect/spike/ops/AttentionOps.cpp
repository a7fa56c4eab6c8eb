// AttentionOps: verifiers of attention.
// (C1) and so on are the numbered constraints of AttentionOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// Checks that the `queries` features of q are `heads` heads and the `keys` features of k are
/// `keyHeads` heads, all of one width.
static LogicalResult verifyHeads(Operation *op, int64_t heads, int64_t keyHeads, int64_t queries,
                                 int64_t keys) {
  // (C2)
  if (heads < 1 || queries % heads != 0)
    return violated(op, "heads", Twine(heads), "a divisor of " + Twine(queries));
  if (keyHeads < 1 || heads % keyHeads != 0)
    return violated(op, "kv_heads", Twine(keyHeads),
                    "a divisor of " + Twine(heads) + " (the heads)");
  if (keys != keyHeads * (queries / heads))
    return violated(op, "features of k and v", Twine(keys),
                    Twine(keyHeads * (queries / heads)) + " (kv_heads heads of " +
                        Twine(queries / heads) + ")");
  return success();
}

/// Checks that k and v have one type, and that it differs from that of q in the features alone.
static LogicalResult verifyKeys(Operation *op, Value q, Value k, Value v) {
  SmallVector<int64_t> shape(tensorOf(q).getShape());
  if (tensorOf(k).getRank() == tensorOf(q).getRank())
    shape.back() = tensorOf(k).getShape().back();
  // (C1)
  if (failed(verifyType(op, "k", k, tensorOf(q).clone(shape), " (as q but for the features)")))
    return failure();
  return verifyType(op, "v", v, k.getType(), " (as k)");
}

LogicalResult SelfAttentionOp::verify() {
  RankedTensorType q = tensorOf(getQ());
  // (C1)
  if (failed(verifyTimed(*this, "q", getQ())))
    return failure();
  if (!q.getElementType().isSignlessInteger(1))
    return violated(*this, "q element type", text(q.getElementType()), "i1");
  if (failed(verifyKeys(*this, getQ(), getK(), getV())))
    return failure();
  if (failed(verifyCurrent(*this, "result", getResult())) ||
      failed(verifySameShape(*this, getResult(), getQ())))
    return failure();
  if (failed(verifyHeads(*this, getHeads(), getKeyHeadCount(), q.getDimSize(2),
                         tensorOf(getK()).getDimSize(2))))
    return failure();
  double scale = getAttentionScale();
  // (C3)
  if (!std::isfinite(scale) || scale <= 0.0)
    return violated(*this, "scale", text(scale), "a positive finite number");
  if (FixedAttr fixed = getFixedEncoding(getResult().getType()))
    if (fixed.getScale().size() != 1 || fixed.scaleOf(0) != scale)
      return violated(*this, "encoding of the result", text(Attribute(fixed)),
                      "the one scale " + text(scale));
  if (NeuronModel model = getScoreModel();
      // (C4)
      model && (model.getListedChannels() != 1 || model.getStateWords() != 1))
    return violated(*this, "score_neuron", text(*getScoreNeuron()),
                    "one number each, no lists, and no state beyond the membrane");
  // (C5)
  const bool integers = getScoreModel() && getFixedEncoding(getResult().getType());
  if (integers != static_cast<bool>(getScoreStateAttr()) ||
      integers != static_cast<bool>(getScoreEncodingAttr()))
    return violated(*this, "score_state and score_encoding",
                    getScoreStateAttr() || getScoreEncodingAttr() ? "some" : "none",
                    integers ? "both (score neurons of a quantised result)"
                             : "none (no score neurons of a quantised result)");
  if (!integers)
    return success();
  FixedAttr encoding = getScoreEncodingAttr();
  if (encoding.getScale().size() != 1 || encoding.scaleOf(0) != 1)
    return violated(*this, "score_encoding", text(Attribute(encoding)), "the one scale 1");
  return success();
}

LogicalResult KeyValueSumOp::verify() {
  // The type constraint of the op has checked that k and v have one type.
  RankedTensorType k = tensorOf(getK());
  // (C1)
  if (failed(verifyTimed(*this, "k", getK())))
    return failure();
  if (!k.getElementType().isSignlessInteger(1))
    return violated(*this, "k element type", text(k.getElementType()), "i1");
  if (failed(verifyCurrent(*this, "result", getResult())) ||
      failed(verifySameShape(*this, getResult(), getK())))
    return failure();
  if (FixedAttr fixed = getFixedEncoding(getResult().getType()))
    if (fixed.getScale().size() != 1 || fixed.scaleOf(0) != 1)
      return violated(*this, "encoding of the result", text(Attribute(fixed)), "the one scale 1");
  return success();
}

LogicalResult SoftmaxAttentionOp::verify() {
  // (C1)
  if (failed(verifyReal(*this, "q", getQ())) || failed(verifyKeys(*this, getQ(), getK(), getV())) ||
      failed(verifyType(*this, "result", getResult(), getQ().getType(), " (as q)")) ||
      failed(verifyHeads(*this, getHeads(), getKvHeads().value_or(getHeads()),
                         tensorOf(getQ()).getShape().back(), tensorOf(getK()).getShape().back())))
    return failure();
  // (C3)
  if (!getScale().isFinite())
    return violated(*this, "scale", text(getScale().convertToDouble()), "a finite number");
  return success();
}
