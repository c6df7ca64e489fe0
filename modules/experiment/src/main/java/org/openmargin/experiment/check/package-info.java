/**
 * Checks of losses and backbones that are not OpenMargin's own. From a part to what is wrong with
 * it. Begin with {@link org.openmargin.experiment.check.PartCheck}.
 */
package org.openmargin.experiment.check;
