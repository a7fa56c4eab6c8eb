// TextKernels: kernels at the model's input.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/TextKernels.h"

#include "support/Message.h"

#include <algorithm>
#include <bit>

namespace synfire::sim::host {

std::string Input::evaluate(const HostToken &token, std::span<double> result) const {
  std::ranges::copy(token.given(), result.begin());
  return {};
}

std::string Lookup::check(const HostValues &values) const {
  return firstOf({checkMade(values, 1, columns), checkTable(table, rows, columns)});
}

std::string Lookup::copyRow(int32_t row, const char *what, std::span<double> result) const {
  if (row < 0 || row >= rows)
    return message("the table ", needsHas(message("a row for ", what, " ", row), rows), " rows");
  const auto first = table.begin() + static_cast<ptrdiff_t>(row) * columns;
  std::copy(first, first + columns, result.begin());
  return {};
}

std::string Code::check(const HostValues &values) const {
  const int32_t columns = values.result.columns;
  if (std::string error = checkMade(values, 1, columns); !error.empty())
    return error;
  if (size < 1)
    return needsHas("at least 1 code", size);
  const bool joint = source == Source::TokenAtPosition;
  if (joint ? vocabulary < 1 || size % vocabulary != 0 : vocabulary != 0)
    return message("vocabulary is ", vocabulary, " for ", size, " codes",
                   joint ? ", must divide them" : " of no token at a position");
  const auto last = static_cast<uint64_t>(size - 1);
  const int64_t width = form == Form::OneHot ? size : std::max<int64_t>(1, std::bit_width(last));
  if (width != columns)
    return needsHas(message(width, " columns for codes of ", size, " indices"), columns);
  return {};
}

void Code::hash(Hasher &hasher) const {
  hasher.add(form);
  hasher.add(source);
  hasher.add(size);
  hasher.add(vocabulary);
}

std::string Code::evaluate(const HostToken &token, std::span<double> result) const {
  const bool joint = source == Source::TokenAtPosition;
  const int64_t index = joint                     ? token.position * vocabulary + token.id
                        : source == Source::Token ? int64_t{token.id}
                                                  : int64_t{token.position};
  if ((joint && token.id >= vocabulary) || index >= size)
    return needsHas(message("a code for token ", token.id, " at position ", token.position),
                    message(size, " codes"));
  codeIndex(index, result);
  return {};
}

void Code::codeIndex(int64_t index, std::span<double> result) const {
  const auto bits = static_cast<uint64_t>(index);
  const auto width = static_cast<int32_t>(result.size());
  const int32_t digits = form == Form::BinaryLeft ? std::bit_width(bits) : width;
  for (int32_t j = 0; j < width; ++j)
    if (form == Form::OneHot)
      result[j] = j == index;
    else // BinaryLeft: the digits without leading zeros, the most significant one in column 0
      result[j] = j < digits ? static_cast<double>(bits >> (digits - 1 - j) & 1) : 0;
}

std::string Concat::check(const HostValues &values) const {
  int64_t steps = values.result.steps, columns = 0;
  for (const HostValue &input : values.inputs) {
    columns += input.columns;
    if (input.steps != values.result.steps)
      steps = input.steps;
  }
  return checkMade(values, steps, columns);
}

std::string Concat::evaluate(const HostToken &token, std::span<double> result) const {
  auto next = result.begin();
  for (int32_t step = 0; step < token.values.result.steps; ++step)
    for (size_t i = 0; i < token.values.inputs.size(); ++i) {
      const ptrdiff_t columns = token.values.inputs[i].columns;
      next = std::copy_n(token.input(i).begin() + step * columns, columns, next);
    }
  return {};
}

std::string Slice::check(const HostValues &values) const {
  const HostValue &input = values.inputs[0];
  if (from < 0 || from > input.columns - values.result.columns)
    return message("columns ", from, " + ", values.result.columns, " are not among ",
                   input.columns);
  return checkMade(values, input.steps, values.result.columns);
}

std::string Slice::evaluate(const HostToken &token, std::span<double> result) const {
  const auto columns = static_cast<size_t>(token.values.result.columns);
  const auto all = static_cast<size_t>(token.values.inputs[0].columns);
  const HostRows x = token.input(0);
  for (size_t i = 0; i < result.size(); ++i)
    result[i] = x[i / columns * all + static_cast<size_t>(from) + i % columns];
  return {};
}

std::string Repeat::check(const HostValues &values) const {
  const HostValue &input = values.inputs[0];
  if (input.steps != 1)
    return message("repeats a value that has ", input.steps, " time steps already");
  return checkMade(values, values.result.steps, input.columns);
}

std::string Repeat::evaluate(const HostToken &token, std::span<double> result) const {
  const HostRows x = token.input(0);
  for (size_t i = 0; i < result.size(); ++i)
    result[i] = x[i % x.size()];
  return {};
}

} // namespace synfire::sim::host
