/**
 * Networks of others as frozen backbones: from the folder of a SavedModel to operations in our own
 * graphs, with its weights as constants. Begin with {@link
 * org.openmargin.model.foreign.SavedModelBackbone}, then {@link
 * org.openmargin.model.foreign.FrozenGraph}.
 */
package org.openmargin.model.foreign;
