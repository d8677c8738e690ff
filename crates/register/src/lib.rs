//! Systems, studies, training, contracts; requirements and the right to run.
