// The members that would else be repeated wherever an item is handed on.
#include "item.hpp"

namespace convscope {

Block::Block() = default;
Block::Block(Block&&) noexcept = default;
Block& Block::operator=(Block&&) noexcept = default;
Block::~Block() = default;

TensorItem::TensorItem() = default;
TensorItem::TensorItem(TensorItem&&) noexcept = default;
TensorItem& TensorItem::operator=(TensorItem&&) noexcept = default;
TensorItem::~TensorItem() = default;

LayerItem::LayerItem() = default;
LayerItem::LayerItem(LayerItem&&) noexcept = default;
LayerItem& LayerItem::operator=(LayerItem&&) noexcept = default;
LayerItem::~LayerItem() = default;

ErrorItem::ErrorItem() = default;
ErrorItem::ErrorItem(ErrorItem&&) noexcept = default;
ErrorItem& ErrorItem::operator=(ErrorItem&&) noexcept = default;
ErrorItem::~ErrorItem() = default;

Item::Item() = default;
Item::Item(Item&&) noexcept = default;
Item& Item::operator=(Item&&) noexcept = default;
Item::~Item() = default;

}  // namespace convscope
