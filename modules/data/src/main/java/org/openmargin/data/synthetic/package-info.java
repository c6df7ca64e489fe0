/**
 * Drawn blood cells, so that the quickstart needs no download. From a seed to a {@link
 * org.openmargin.data.Dataset}. Begin with {@link org.openmargin.data.synthetic.SyntheticCells}.
 */
package org.openmargin.data.synthetic;
