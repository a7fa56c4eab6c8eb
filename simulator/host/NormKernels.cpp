// NormKernels: norms and scales on the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/NormKernels.h"

#include <cmath>

namespace synfire::sim::host {

static double sumOf(HostRows row) {
  double sum = 0;
  for (double x : row)
    sum += x;
  return sum;
}

std::string BatchNorm::check(const HostValues &values) const {
  return firstOf({checkAlike(values), checkColumns(values, "mean", mean),
                  checkColumns(values, "variance", variance),
                  checkColumns(values, "weight", weight), checkColumns(values, "bias", bias),
                  checkConstants({eps})});
}

void BatchNorm::hash(Hasher &hasher) const {
  for (const std::vector<double> &numbers : {weight, bias, mean, variance})
    hasher.add(numbers);
  hasher.add(eps);
}

double BatchNorm::apply(double x, size_t c) const {
  return (x - mean[c]) / std::sqrt(variance[c] + eps) * weight[c] + bias[c];
}

std::string PowerNorm::check(const HostValues &values) const {
  return firstOf({checkAlike(values), checkColumns(values, "phi", phi),
                  checkColumns(values, "weight", weight), checkColumns(values, "bias", bias),
                  checkConstants({eps})});
}

void PowerNorm::hash(Hasher &hasher) const {
  for (const std::vector<double> &numbers : {weight, bias, phi})
    hasher.add(numbers);
  hasher.add(eps);
}

double PowerNorm::apply(double x, size_t c) const {
  return x / std::sqrt(phi[c] + eps) * weight[c] + bias[c];
}

std::string LayerNorm::check(const HostValues &values) const {
  return firstOf({checkAlike(values), checkColumns(values, "weight", weight),
                  checkColumns(values, "bias", bias), checkConstants({eps})});
}

void LayerNorm::hash(Hasher &hasher) const {
  hasher.add(weight);
  hasher.add(bias);
  hasher.add(eps);
}

void LayerNorm::apply(HostRows x, std::span<double> y) const {
  const double count = static_cast<double>(x.size());
  const double mean = sumOf(x) / count;
  double squares = 0;
  for (double value : x)
    squares += (value - mean) * (value - mean);
  const double deviation = std::sqrt(squares / count + eps);
  for (size_t c = 0; c < x.size(); ++c)
    y[c] = (x[c] - mean) / deviation * weight[c] + bias[c];
}

std::string RmsNorm::check(const HostValues &values) const {
  return firstOf(
      {checkAlike(values), checkColumns(values, "weight", weight), checkConstants({eps})});
}

void RmsNorm::hash(Hasher &hasher) const {
  hasher.add(weight);
  hasher.add(eps);
}

void RmsNorm::apply(HostRows x, std::span<double> y) const {
  double squares = 0;
  for (double value : x)
    squares += value * value;
  const double root = std::sqrt(squares / static_cast<double>(x.size()) + eps);
  for (size_t c = 0; c < x.size(); ++c)
    y[c] = x[c] / root * weight[c];
}

std::string Scale::check(const HostValues &values) const {
  return firstOf({checkAlike(values), checkColumns(values, "factor", factor),
                  offset.empty() ? "" : checkColumns(values, "offset", offset)});
}

void Scale::hash(Hasher &hasher) const {
  hasher.add(factor);
  hasher.add(offset);
}

double Scale::apply(double x, size_t c) const {
  const double scaled = x * factor[c];
  return offset.empty() ? scaled : scaled + offset[c];
}

} // namespace synfire::sim::host
