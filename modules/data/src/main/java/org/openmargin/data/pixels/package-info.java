/**
 * Pixels on disk: images that do not fit into memory are decoded once into a file and read from
 * there. From images made one by one to a {@link org.openmargin.data.PixelStore}. Begin with {@link
 * org.openmargin.data.pixels.ImageStorage}.
 */
package org.openmargin.data.pixels;
