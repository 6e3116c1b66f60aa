"""What the commands of the operator are made of: an instance made, examined, saved, restored, moved, served."""
