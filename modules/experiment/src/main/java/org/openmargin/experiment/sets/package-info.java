/**
 * Sets of images besides the test images: which ones an evaluation is asked about, and its answers
 * as rows of evaluation.json. From folders and test images to messages. Begin with {@link
 * org.openmargin.experiment.sets.PanelImages}.
 */
package org.openmargin.experiment.sets;
