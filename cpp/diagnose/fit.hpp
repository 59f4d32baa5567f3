// Factors and added numbers between two lists of cells. Takes what was computed and what is
// expected; gives a fit only where it leaves nothing unexplained. Knows no tensors.
#pragma once

#include "hypotheses.hpp"

namespace convscope {

struct FitCells {
  std::vector<double> actual, expected, slack;
  std::vector<std::size_t> channel;
};

// By least squares; then the roundest numbers that leave every cell within its slack. Nothing where
// some cell is not, or where so few cells differ from each other that any numbers would fit:
// `is_all` says that no more cells will come.
std::optional<Fitted> fit_cells(Case::Fit kind, const FitCells& cells, std::size_t channels,
                                bool is_all);

double largest_residual(const FitCells& cells, const Fitted& fitted);

}  // namespace convscope
