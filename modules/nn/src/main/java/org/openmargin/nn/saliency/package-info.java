/**
 * Where in an image a network sees the evidence for a class. From a network and pixels to a heat
 * map. Begin with {@link org.openmargin.nn.saliency.HeatMap}.
 */
package org.openmargin.nn.saliency;
