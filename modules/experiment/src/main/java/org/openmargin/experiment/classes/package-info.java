/**
 * Which images an experiment uses, and which of their classes are known. From a data source and
 * names or ids to a data set and its class split. Begin with {@link
 * org.openmargin.experiment.classes.ImagePreparation}.
 */
package org.openmargin.experiment.classes;
