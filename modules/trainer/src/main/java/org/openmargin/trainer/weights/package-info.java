/**
 * Trained weights from files: {@code .safetensors} and TensorFlow checkpoints, as named tensors,
 * and their way to the variables of a network. Begin with {@link
 * org.openmargin.trainer.weights.InitialWeights}.
 */
package org.openmargin.trainer.weights;
