"""What training changes about images, as functions over batches.

Each function here returns an augmentation: a function of (images, labels, seed), for `load(augment=…)`, for a
`tf.data` pipeline of your own, or to be called on arrays. Images are N×H×W×3 float32 with values from 0 to
255, labels N class indices (or N×classes), and a seed is two integers: equal seeds, equal results. Every
image of a batch is drawn for by itself.
"""
