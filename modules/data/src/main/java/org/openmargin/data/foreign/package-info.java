/**
 * Images that belong to no class of any data set: generated, or known test images distorted beyond
 * recognition. From the size of a network's input to named groups of images, the same on every
 * machine. Begin with {@link org.openmargin.data.foreign.ForeignImages}.
 */
package org.openmargin.data.foreign;
