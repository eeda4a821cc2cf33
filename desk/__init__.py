"""The drafting desk: precedent wording, comparison, targets, duties, and the check of drafts."""
