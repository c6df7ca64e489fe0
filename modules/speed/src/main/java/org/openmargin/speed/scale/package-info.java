/**
 * How costs grow with the number of images, classes and templates, measured at sizes that take
 * seconds. From made-up inputs to a straight line each, read off at sizes that no single machine
 * holds. Begin with {@link org.openmargin.speed.scale.ScaleBenchmark}.
 */
package org.openmargin.speed.scale;
