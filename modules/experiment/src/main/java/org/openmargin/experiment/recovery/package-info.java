/**
 * What to do when a training diverges: from the settings to a slower trainer. Begin with {@link
 * org.openmargin.experiment.recovery.Recovery}.
 */
package org.openmargin.experiment.recovery;
