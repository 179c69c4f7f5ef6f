import { enhanceForms } from '../shared/forms/enhance.ts';
import { watchCounter } from './counter.ts';
import { foldParts } from './folds.ts';
import './portal.css';

enhanceForms();
foldParts();
watchCounter();
