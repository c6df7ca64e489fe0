package org.openmargin.experiment.wiring;

/**
 * What an exported model is called and how it prepares images.
 *
 * @param name of the served model
 * @param centreCropPx side of the centred square that is cut out of images of another size; 0 for
 *     the largest
 */
public record ExportSettings(String name, int centreCropPx) {}
