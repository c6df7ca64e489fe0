/**
 * TensorFlow in this process: which native libraries are loaded, which devices there are, how
 * sessions are set up, and what TensorFlow's errors mean. From a few settings to a session
 * configuration or to one clear error. Begin with {@link org.openmargin.runtime.RuntimeSettings},
 * then {@link org.openmargin.runtime.Devices}.
 */
package org.openmargin.runtime;
