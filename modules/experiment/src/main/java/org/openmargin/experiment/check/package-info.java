/**
 * What can be known before a training. From a folder of images to an experiment that fits it, and
 * from an experiment and its images to what would fail. Begin with {@link
 * org.openmargin.experiment.check.TrainingChecks}.
 */
package org.openmargin.experiment.check;
