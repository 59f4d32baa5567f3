// Words of the figure that <conv-scope> puts into other pages, in English.

export const elementEn = {
  'element.loading': 'Loading the engine …',
  'element.failed': 'The engine could not be loaded: {reason}',
  'element.frame': 'A figure of Convscope',
  'element.open': 'Open in Convscope',
  'element.credit': 'Made with Convscope',
  'element.blockPaste':
    'Nothing was pasted: this figure takes rows of numbers without brackets. Open it in Convscope to paste a tensor as a program prints it.',
  'element.fact': '{field} {value}',

  'attribute.refused': '{attribute}: {message}',
  'attribute.choice': '{attribute} is “{text}”, but must be one of {list}.',
  'attribute.axes':
    '{attribute} is “{text}”, but takes one whole number or one per axis ({count}), such as 2.',
  'attribute.pairs':
    '{attribute} is “{text}”, but pairs are written begin:end, one or one per axis ({count}), such as 1:2.',
  'attribute.number': '{attribute}: “{text}” is not a number. Write one such as 1.5 or -2e-3.',
  'attribute.empty': '{attribute} holds no numbers. Write rows such as 1 2; 0 1.',
  'attribute.ragged':
    '{attribute}: the row “{text}” has another length than the first, or its map another number of rows. Make all maps alike.',
  'attribute.hole': '{attribute}: one of the maps has no rows. Make all maps alike.',
  'attribute.rows':
    '{attribute} has {rows} rows, but a 1-D operation has one row in each map. Separate channels by |.',
  'attribute.brackets':
    '{attribute} has brackets. Write cells between blanks, rows between ; and channels between |, such as 1 2; 0 1.',
  'attribute.long': '{attribute} has more than {max} letters. Make it shorter.',
  'attribute.size':
    '{attribute} has maps of {size}, but {attribute}-size says {said}. Leave one of them out.',
  'attribute.maps':
    '{attribute} has {maps} maps, which does not fit the channels, the batch and the groups. Mend one of them.',
  'attribute.count':
    '{attribute} has {found} numbers, but there are {count} output channels. Write one for each.',
  'attribute.step': '{attribute} is “{text}”, but must be a whole number from 0.',
  'attribute.cell':
    '{attribute} is “{text}”, which is no cell here. Write input, kernel or output and its place, such as output 2 2.',
  'attribute.address': '{attribute} is “{text}”, but must be an address that begins with http.',
  'attribute.ofStacks':
    '{attribute} belongs to a stack of layers: give the layers in {other}, or leave it out.',
  'attribute.link.mangled':
    '{attribute} is damaged: a part of it is missing or changed. Copy it again, whole.',
  'attribute.link.version': '{attribute} was made by another version of Convscope.',
  'attribute.link.values':
    '{attribute}: its numbers do not fill the sizes that it states: part of it is missing.',
  'attribute.link.settings': '{attribute} is damaged: its settings cannot be read.',
};
