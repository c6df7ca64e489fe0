/** Drawn blood cells, so that the quickstart needs no download. Start with SyntheticCells. */
package org.openmargin.data.synthetic;
