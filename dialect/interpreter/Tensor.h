// Tensor: the numbers of a value during interpretation.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_TENSOR_H
#define SYNFIRE_DIALECT_INTERPRETER_TENSOR_H

#include <cstdint>
#include <functional>
#include <numeric>
#include <type_traits>
#include <variant>
#include <vector>

namespace synfire::spike {

/// A tensor of known shape, stored row major. Token ids, spikes and quantised currents are int64;
/// all other values are double.
class Tensor {
public:
  using Integers = std::vector<int64_t>;
  using Reals = std::vector<double>;

  static Tensor ofIntegers(std::vector<int64_t> shape) {
    int64_t count = countOf(shape);
    return Tensor(std::move(shape), Integers(count));
  }
  static Tensor ofReals(std::vector<int64_t> shape) {
    int64_t count = countOf(shape);
    return Tensor(std::move(shape), Reals(count));
  }

  const std::vector<int64_t> &shape() const { return extents; }
  int64_t rank() const { return static_cast<int64_t>(extents.size()); }
  int64_t dim(int64_t index) const { return extents[index]; }
  /// The last dimension: the features.
  int64_t columns() const { return extents.back(); }
  /// The product of all dimensions except the last; 0 when the last is 0.
  int64_t rows() const { return columns() == 0 ? 0 : size() / columns(); }
  int64_t size() const { return countOf(extents); }

  bool isReal() const { return std::holds_alternative<Reals>(numbers); }
  /// The numbers. Precondition: the tensor is of that kind (isReal).
  Integers &integers() { return std::get<Integers>(numbers); }
  const Integers &integers() const { return std::get<Integers>(numbers); }
  Reals &reals() { return std::get<Reals>(numbers); }
  const Reals &reals() const { return std::get<Reals>(numbers); }

  /// The numbers. Precondition: `Numbers` is the tensor's kind, Integers or Reals.
  template <typename Numbers> const Numbers &as() const { return std::get<Numbers>(numbers); }

  /// A tensor of the same kind with another shape. Its element i is element `source(i)` of this
  /// tensor, or 0 when `source(i)` is negative.
  template <typename Source> Tensor rearranged(std::vector<int64_t> shape, Source source) const {
    return std::visit(
        [&](const auto &from) {
          std::remove_cvref_t<decltype(from)> to(countOf(shape));
          for (int64_t i = 0; i < static_cast<int64_t>(to.size()); ++i)
            if (int64_t at = source(i); at >= 0)
              to[i] = from[at];
          return Tensor(std::move(shape), std::move(to));
        },
        numbers);
  }

  /// The first `steps` time steps. Precondition: the tensor has the rank 3 of a value with time.
  Tensor firstSteps(int64_t steps) const {
    return rearranged({steps, dim(1), dim(2)}, [](int64_t i) { return i; });
  }

  /// The number at a flat index, as a double for both kinds.
  double at(int64_t index) const {
    return isReal() ? reals()[index] : static_cast<double>(integers()[index]);
  }

private:
  Tensor(std::vector<int64_t> shape, std::variant<Integers, Reals> numbers)
      : extents(std::move(shape)), numbers(std::move(numbers)) {}

  static int64_t countOf(const std::vector<int64_t> &shape) {
    return std::accumulate(shape.begin(), shape.end(), int64_t{1}, std::multiplies<>());
  }

  std::vector<int64_t> extents;
  std::variant<Integers, Reals> numbers;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_TENSOR_H
