/**
 * Several devices of one machine that train together, synchronously. From a batch and an objective
 * to one loss, one gradient for each weight and one value for each statistic, whatever the number
 * of devices. Begin with {@link org.openmargin.trainer.parallel.Replicas}.
 */
package org.openmargin.trainer.parallel;
