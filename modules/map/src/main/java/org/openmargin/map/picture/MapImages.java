package org.openmargin.map.picture;

import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The images behind the points of a map; height and width in px.
 *
 * @param channels 1 (grey) or 3 (RGB)
 * @param pixels of an item, [height, width, channels] row-major, uint8; empty if it is no image
 */
public record MapImages(
    int height, int width, int channels, IntFunction<Optional<byte[]>> pixels) {}
