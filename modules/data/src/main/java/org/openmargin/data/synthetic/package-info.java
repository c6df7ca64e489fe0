/** Drawn blood cells for a quickstart without downloads. Begin with {@link SyntheticCells}. */
package org.openmargin.data.synthetic;
