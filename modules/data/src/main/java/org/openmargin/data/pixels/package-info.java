/**
 * Pixels on disk: images that do not fit into memory are decoded once into a file, which then
 * serves as their {@link org.openmargin.data.PixelStore}. Start with {@link
 * org.openmargin.data.pixels.ImageStorage}.
 */
package org.openmargin.data.pixels;
