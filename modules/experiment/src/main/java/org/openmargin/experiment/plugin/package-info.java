/**
 * Losses, backbones and data sources in jars of others. From a jar on the class path to parts that
 * experiments call by name. Begin with {@link org.openmargin.experiment.plugin.Plugin}.
 */
package org.openmargin.experiment.plugin;
