// GraphBuilder: input, operations and head of a drawn function.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/GraphBuilder.h"

#include "tests/random/Recipe.h"

#include "mlir/IR/Location.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

Graph synfire::test::drawGraph(MLIRContext &context, Choices &choices,
                               const GraphOptions &options) {
  context.loadDialect<spike::SpikeDialect, func::FuncDialect>();
  return GraphBuilder(context, choices, options).draw();
}

GraphBuilder::GraphBuilder(MLIRContext &context, Choices &choices, const GraphOptions &options)
    : choices(choices), options(options), builder(&context), numbers(&context, choices),
      module(ModuleOp::create(UnknownLoc::get(&context))) {}

Graph GraphBuilder::draw() {
  builder.setInsertionPointToEnd(module->getBody());
  auto function = func::FuncOp::create(builder, builder.getUnknownLoc(), "main",
                                       builder.getFunctionType({}, {}));
  builder.setInsertionPointToEnd(function.addEntryBlock());

  timeSteps = choices.between(1, options.maxTimeSteps);
  tokens = choices.between(1, options.maxTokens);
  context = tokens + choices.between(0, 2);
  vocabulary = choices.between(1, 7);
  bool dynamic = options.profile != Profile::Static && choices.flip();
  RankedTensorType type = drawInputType(dynamic);
  Value input = builder.getInsertionBlock()->addArgument(type, builder.getUnknownLoc());
  scope.push_back(input);
  GraphInput values = drawValues(type);

  takesIds = isIds(input);
  if (spiking() && takesIds)
    embed(input);
  drawOps(options.maxOps);
  Value logits = drawHead();
  func::ReturnOp::create(builder, builder.getUnknownLoc(), logits);
  function.setFunctionType(builder.getFunctionType(type, logits.getType()));
  function->setAttr(spike::kModelAttrName, drawModel(isIds(input)));
  if (choices.rarely(4))
    function->setAttr(spike::kArchitectureAttrName, builder.getStringAttr("random"));
  return {std::move(module), std::move(values)};
}

Location GraphBuilder::name(StringRef mnemonic) {
  return NameLoc::get(builder.getStringAttr(mnemonic + Twine(named++)));
}

Value GraphBuilder::emit(StringRef mnemonic, ValueRange operands, Type result,
                         ArrayRef<Field> fields) {
  OperationState state(name(mnemonic), ("spike." + mnemonic).str());
  state.addOperands(operands);
  state.addTypes(result);
  for (const Field &field : fields)
    if (field.value)
      state.addAttribute(field.name, field.value);
  scope.push_back(builder.create(state)->getResult(0));
  return scope.back();
}

RankedTensorType GraphBuilder::fixed(RankedTensorType like, spike::FixedAttr encoding) {
  return withElement(like, IntegerType::get(builder.getContext(), 32, IntegerType::Signed),
                     encoding);
}

int64_t GraphBuilder::drawDivisor(int64_t number) {
  SmallVector<int64_t> divisors;
  for (int64_t d = 1; d <= number; ++d)
    if (number % d == 0)
      divisors.push_back(d);
  return divisors[choices.below(divisors.size())];
}

Value GraphBuilder::pick(llvm::function_ref<bool(Value)> accepts, Value fallback) {
  SmallVector<Value> found;
  for (Value value : llvm::reverse(scope))
    if (accepts(value))
      found.push_back(value);
  return found.empty() ? fallback : found[choices.below(found.size())];
}

//===----------------------------------------------------------------------===//
// The way in
//===----------------------------------------------------------------------===//

RankedTensorType GraphBuilder::drawInputType(bool dynamic) {
  int64_t n = dynamic ? ShapedType::kDynamic : tokens;
  uint64_t kind = spiking() ? choices.pick<uint64_t>({0, 0, 2, 2, 3})
                            : choices.pick<uint64_t>({0, 0, 0, 0, 1, 2, 3, 4, 5});
  if (kind == 0)
    return RankedTensorType::get({n}, builder.getI32Type());
  int64_t features = drawWidth();
  switch (kind) {
  case 1: // an image
    return RankedTensorType::get({n, features}, real());
  case 2:
    return RankedTensorType::get({timeSteps, n, features}, binary());
  case 3:
    return RankedTensorType::get({timeSteps, n, features}, graded(choices.between(2, 4)));
  case 4:
    return RankedTensorType::get({timeSteps, n, features}, real());
  default:
    return RankedTensorType::get({n, features}, binary());
  }
}

GraphInput GraphBuilder::drawValues(RankedTensorType type) {
  GraphInput input;
  int64_t count = 1;
  for (int64_t size : type.getShape()) {
    input.shape.push_back(ShapedType::isDynamic(size) ? tokens : size);
    count *= input.shape.back();
  }
  bool reals = type.getElementType().isF32();
  // Reals are sixteenths in -2 .. 2.
  uint64_t values = type.getRank() == 1 ? static_cast<uint64_t>(vocabulary)
                    : reals             ? 65
                                        : uint64_t{1} << type.getElementTypeBitWidth();
  SplitMix64 random(choices.below(1 << 16));
  for (int64_t i = 0; i < count; ++i) {
    auto value = static_cast<double>(random.next() % values);
    input.values.push_back(reals ? (value - 32) / 16 : value);
  }
  return input;
}

void GraphBuilder::embed(Value ids) {
  Choices::Group group(choices);
  int64_t features = drawWidth();
  auto embedding = RankedTensorType::get({typeOf(ids).getDimSize(0), features}, real());
  Value row = emit("lookup", ids, embedding, {{"table", numbers.weights({vocabulary, features})}});
  Value code = emit("binarize", row, withElement(embedding, binary()));
  Value spikes =
      emit("repeat", code,
           RankedTensorType::get({timeSteps, embedding.getDimSize(0), features}, binary()));
  scope = {spikes};
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

void GraphBuilder::drawOps(int64_t limit) {
  for (int64_t i = 0; i < limit; ++i) {
    Choices::Group group(choices);
    if (choices.below(14) == 0 || !drawOp())
      return;
  }
}

bool GraphBuilder::drawOp() {
  struct Candidate {
    const Recipe *recipe;
    SmallVector<Value> operands; ///< latest first
  };
  std::vector<Candidate> candidates;
  uint64_t total = 0;
  for (ArrayRef<Recipe> group :
       {activationRecipes(), synapseRecipes(), normRecipes(), neuronRecipes(), residualRecipes(),
        attentionRecipes(), textRecipes(), gridRecipes(), headRecipes()})
    for (const Recipe &recipe : group) {
      unsigned wanted = (spiking() ? Recipe::OnChip : Recipe::Anywhere) |
                        (depth > 0 ? Recipe::InRecurrence : Recipe::Anywhere);
      if ((recipe.where & wanted) != wanted)
        continue;
      Candidate candidate{&recipe, {}};
      for (Value value : llvm::reverse(scope))
        if ((depth == 0 || isTimed(value) || recipe.op == "spike.repeat") &&
            recipe.accepts(*this, value))
          candidate.operands.push_back(value);
      if (candidate.operands.empty())
        continue;
      total += recipe.weight;
      candidates.push_back(std::move(candidate));
    }
  if (candidates.empty())
    return false;
  uint64_t chosen = choices.below(total);
  size_t index = 0;
  for (; chosen >= candidates[index].recipe->weight; ++index)
    chosen -= candidates[index].recipe->weight;
  // The latest value now and then only, so that most of what is drawn is read.
  const Candidate &candidate = candidates[index];
  candidate.recipe->draw(
      *this, candidate.operands[choices.flip() ? choices.below(candidate.operands.size()) : 0]);
  return true;
}

void GraphBuilder::drawRecurrence(Value outside) {
  SmallVector<Type> types;
  for (int64_t i = 0, count = choices.between(1, 2); i < count; ++i)
    types.push_back(
        withElement(withWidth(typeOf(outside), drawWidth()),
                    choices.pick({binary(), spiking() ? binary() : real(), graded(2)})));
  OperationState state(name("recurrent"), "spike.recurrent");
  state.addTypes(types);
  auto *body = new Block;
  state.addRegion()->push_back(body);
  Operation *op = builder.create(state);

  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(body);
  const std::vector<Value> outer = scope; // an op of the body may hide one of them
  ++depth;
  for (Type type : types)
    scope.push_back(body->addArgument(type, builder.getUnknownLoc()));
  drawOps(6);
  SmallVector<Value> yielded;
  for (auto [type, argument] : llvm::zip_equal(types, body->getArguments())) {
    Choices::Group group(choices);
    auto wanted = cast<RankedTensorType>(type);
    Value from = pick(
        [&](Value value) {
          return isTimed(value) &&
                 typeOf(value).getShape().drop_back() == wanted.getShape().drop_back();
        },
        argument);
    yielded.push_back(make(wanted, from));
  }
  OperationState yield(name("yield"), "spike.yield");
  yield.addOperands(yielded);
  builder.create(yield);
  --depth;
  llvm::erase_if(scope, [&](Value value) { return !llvm::is_contained(outer, value); });
  llvm::append_range(scope, op->getResults());
}

Value GraphBuilder::make(RankedTensorType type, Value from) {
  SmallVector<Value> known;
  for (Value value : llvm::reverse(scope))
    if (value.getType() == type)
      known.push_back(value);
  if (!known.empty() && choices.flip())
    return known[choices.below(known.size())];
  if (encodingOf(from))
    from = emit("dequantize", from, withElement(typeOf(from), real()));
  Type element = type.getElementType();
  if (element.isF32())
    return linear(from, type.getShape().back());
  auto single = withElement(type, binary());
  if (element.isUnsignedInteger()) {
    Value lhs = make(single, from);
    return emit("add", {lhs, make(single, from)}, type);
  }
  Value current = make(withElement(type, real()), from);
  return type.getRank() == 3 ? neuron(current) : emit("binarize", current, single);
}

//===----------------------------------------------------------------------===//
// The way out
//===----------------------------------------------------------------------===//

Value GraphBuilder::drawHead() {
  Choices::Group group(choices);
  Value last = pick(
      [&](Value value) {
        return spiking() ? isTimed(value) && isSpikes(value) : isFeatures(value);
      },
      scope.front());
  Value logits = toLogits(last);
  if (spiking() || !choices.rarely(6))
    return logits;
  return emit("top_k", logits,
              withWidth(withElement(typeOf(logits), builder.getI32Type()),
                        choices.between(1, width(logits))));
}

Value GraphBuilder::toLogits(Value value) {
  if (isIds(value))
    return emit("lookup", value,
                RankedTensorType::get({typeOf(value).getDimSize(0), vocabulary}, real()),
                {{"table", numbers.weights({vocabulary, vocabulary})}});
  if (encodingOf(value))
    value = emit("dequantize", value, withElement(typeOf(value), real()));
  if (isTimed(value)) {
    auto mode = choices.pick({spike::Recombination::Mean, spike::Recombination::Sum,
                              spike::Recombination::Last, spike::Recombination::Concatenate});
    int64_t features = width(value) * (mode == spike::Recombination::Concatenate ? timeSteps : 1);
    value = emit("recombine", value,
                 RankedTensorType::get({typeOf(value).getDimSize(1), features}, real()),
                 {{"mode", spike::RecombinationAttr::get(builder.getContext(), mode)}});
  }
  // Scores for the classes of an image come from any op; those of a text's next
  // token are as many as there are tokens.
  bool ofText = isIds(builder.getInsertionBlock()->getArgument(0));
  if (!spiking() && isReal(value) && (!ofText || width(value) == vocabulary) && choices.flip()) {
    vocabulary = width(value);
    return value;
  }
  return linear(value, vocabulary);
}

spike::ModelAttr GraphBuilder::drawModel(bool ofText) {
  StringRef letters = StringRef("abcdefg").take_front(vocabulary);
  uint64_t kind = ofText ? choices.below(3) : 0;
  ArrayAttr words;
  if (kind == 2) {
    SmallVector<Attribute> list;
    for (char letter : letters)
      list.push_back(builder.getStringAttr(std::string(2, letter)));
    words = builder.getArrayAttr(list);
  }
  const char *const cleaning[] = {"none", "prose", "words"};
  return spike::ModelAttr::get(builder.getContext(), builder.getStringAttr("random"), timeSteps,
                               context, vocabulary, builder.getStringAttr(kind == 1 ? letters : ""),
                               builder.getStringAttr(cleaning[kind]), words);
}
