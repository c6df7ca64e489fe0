/**
 * What a running model is asked before it goes into service: requests whose answers are known, and
 * numbers in the place of the network's, so that every decision is seen at its border. From a
 * loaded model to findings. Begin with {@link org.openmargin.serving.gate.probe.Probes}.
 */
package org.openmargin.serving.gate.probe;
